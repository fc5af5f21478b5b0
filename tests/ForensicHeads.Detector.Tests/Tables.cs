using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests;

/// <summary>Made-up rows: people differ, frames of a person less, and the generated class is shifted in a few columns.</summary>
internal static class Tables
{
    public static IReadOnlyList<string> Columns(int count) =>
        [.. Enumerable.Range(0, count).Select(c => $"{(c < 4 ? "signal" : "noise")}/{c:00}")];

    public static List<LabelledFeatures> Rows(int people, int frames, double shift, long seed, int columns = 12, string prefix = "p")
    {
        var random = new SeededRandom(seed, "rows");
        var rows = new List<LabelledFeatures>();
        for (var p = 0; p < people; p++)
        {
            var own = Enumerable.Range(0, columns).Select(_ => random.Gaussian()).ToArray();
            foreach (var generated in new[] { false, true })
            {
                for (var f = 0; f < frames; f++)
                {
                    rows.Add(new LabelledFeatures
                    {
                        Key = $"{prefix}{p}-{generated}-{f}",
                        Identity = $"{prefix}{p}",
                        Video = $"{prefix}{p}-{(generated ? "g" : "r")}{f % 2}",
                        Origin = Origins.Of(generated ? "ff" : null, 8),
                        Features = [.. own.Select((mean, c) => (float)(mean + random.Gaussian() + (generated && c < 4 ? shift : 0)))],
                    });
                }
            }
        }

        return rows;
    }

    public static List<PairedFeatures> Pairs(int people, int drivers, int columns, double shift, long seed, string prefix,
        int perDriver = 1)
    {
        var random = new SeededRandom(seed, "pairs");
        var pairs = new List<PairedFeatures>();
        for (var p = 0; p < people; p++)
        {
            var own = Enumerable.Range(0, columns).Select(_ => random.Gaussian(0, 2)).ToArray();
            for (var d = 0; d < drivers; d++)
            {
                var real = own.Select(mean => (float)(mean + random.Gaussian())).ToArray();
                for (var k = 0; k < perDriver; k++)
                {
                    pairs.Add(new PairedFeatures
                    {
                        Identity = $"{prefix}{p}",
                        Driver = $"{prefix}{p}-{d}",
                        Key = $"{prefix}{p}-{d}-{k}",
                        Video = $"{prefix}{p}-real",
                        MadeVideo = $"{prefix}{p}-made{k}",
                        Origin = Origins.Of(true),
                        Real = real,
                        Made = [.. own.Select((mean, c) => (float)(mean + random.Gaussian() + (c < 4 ? shift : 0)))],
                    });
                }
            }
        }

        return pairs;
    }

    public static double Auc(IEnumerable<FrameScore> scores)
    {
        var table = scores.ToArray();
        return Statistics.Auc.Of([.. table.Select(row => (float)row.Score)], [.. table.Select(row => row.Generated)]);
    }
}
