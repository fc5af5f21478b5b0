using ForensicHeads.Experiments.Detection;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Experiments.Results;

/// <summary>How close the made frames of test people come to the true ones: SSIM and PSNR, and paired differences between ways of making them.</summary>
internal sealed class QualityTable
{
    private readonly Dictionary<(string Mode, int Shots, string Arm), Dictionary<string, (double Ssim, double Psnr)>> people = [];

    public QualityTable(IReadOnlyList<ExperimentFrame> frames, CancellationToken cancellation)
    {
        var truth = frames.Where(frame => frame.IsReal).ToDictionary(frame => (frame.Record.Identity, frame.Record.FrameNumber), frame => frame.Read());
        var made = frames.Where(frame => !frame.IsReal && frame.Record.Shots is not null).ToArray();
        var measured = new (double Ssim, double Psnr)[made.Length];
        Parallel.For(0, made.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var (real, fake) = (truth[(made[i].Record.Identity, made[i].Record.FrameNumber)], made[i].Read());
            measured[i] = (ImageSimilarity.Ssim(real, fake), FinitePsnr(real, fake));
        });
        foreach (var group in Enumerable.Range(0, made.Length).GroupBy(i => (Mode: made[i].Record.Mode ?? made[i].Record.Generator!, Shots: made[i].Record.Shots!.Value, made[i].Arm)))
        {
            people[group.Key] = group.GroupBy(i => made[i].Record.Identity, StringComparer.Ordinal)
                .ToDictionary(person => person.Key, person => (person.Average(i => measured[i].Ssim), person.Average(i => measured[i].Psnr)), StringComparer.Ordinal);
        }
    }

    public IReadOnlyList<GenerationRow> Rows() => people.OrderBy(pair => pair.Key.Mode, StringComparer.Ordinal).ThenBy(pair => pair.Key.Arm, StringComparer.Ordinal).ThenBy(pair => pair.Key.Shots).Select(pair => new GenerationRow
    {
        Mode = pair.Key.Mode,
        Shots = pair.Key.Shots,
        Arm = pair.Key.Arm,
        NIdentities = pair.Value.Count,
        Ssim = pair.Value.Values.Average(value => value.Ssim),
        Psnr = pair.Value.Values.Average(value => value.Psnr),
    }).ToArray();

    /// <summary>SSIM of fine-tuning on the most shots minus that of each rival, over the same people.</summary>
    public IReadOnlyList<ComparisonRow> Comparisons(IReadOnlyList<int> shots, string arm, long seed)
    {
        var (least, most) = (shots[0], shots[^1]);
        var best = ("ft", most, arm);
        (string Mode, int Shots, string Arm)[] rivals = [("ft", least, arm), ("ff", most, ""), ("nearest-shot", most, ""), ("affine-warp", most, "")];
        return rivals.Where(rival => rival != best && people.ContainsKey(rival) && people.ContainsKey(best)).Select(rival =>
        {
            var shared = people[best].Keys.Intersect(people[rival].Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            var (difference, p) = PairedMean.Compare(shared.Select(person => people[best][person].Ssim - people[rival][person].Ssim).ToArray(), seed);
            return new ComparisonRow
            {
                First = FormattableString.Invariant($"ft {most}"),
                Second = FormattableString.Invariant($"{rival.Mode} {rival.Shots}"),
                Condition = "clean",
                Level = "frame",
                Quantity = "ssim",
                Difference = difference.Value,
                CiLow = difference.Low,
                CiHigh = difference.High,
                P = p,
                NIdentities = shared.Length,
            };
        }).ToArray();
    }

    // Equal pictures have no finite PSNR; 100 dB is far above anything an 8-bit picture that differs can reach.
    private static double FinitePsnr(RgbImage a, RgbImage b) => Math.Min(100, ImageSimilarity.Psnr(a, b));
}
