using System.Collections;

namespace ForensicHeads.Detector.Scoring;

/// <summary>Which places of a picture its score depends on: patch by patch is covered with the picture's mean colour, and the score taken
/// again (Zeiler and Fergus 2014).</summary>
/// <remarks>
/// A covered patch is flat and has edges of its own, which features of fine texture see, so a map shows where the detector looks, not what
/// it saw there. Patches overlap by half; a cell holds the mean over the patches that cover it.
/// </remarks>
/// <param name="Score">Score of the picture as it is.</param>
/// <param name="Cells">Width = height of the map.</param>
/// <param name="Values">float32[Cells · Cells], row by row: score as it is minus score with the place covered; positive = the place speaks
/// for generated.</param>
public sealed record OcclusionMap(double Score, int Cells, IReadOnlyList<float> Values)
{
    /// <summary>Most cells a side.</summary>
    public const int MostCells = 16;

    /// <summary>Measures the map on all cores.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="layout">Its features.</param>
    /// <param name="picture">A picture of the layout's size.</param>
    /// <param name="track">Columns over time of its track, which no patch changes; null for none.</param>
    /// <param name="cancellation">Stops between two patches.</param>
    public static OcclusionMap Of(FrameDetector detector, FeatureLayout layout, RgbImage picture, float[]? track = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(layout);
        return Of(picture, pictures =>
        {
            var rows = FeatureExtractor.Extract(pictures.Count, i => pictures[i], layout, cancellation: cancellation);
            if (track is not null) foreach (var row in rows) layout.SetTrack(row, track);
            return detector.Score(rows);
        });
    }

    /// <summary>Measures the map by any score.</summary>
    /// <param name="picture">The picture, square, 8 pixels a side or more.</param>
    /// <param name="score">Scores of pictures, higher = generated; the first is the picture as it is, each is made when it is asked
    /// for.</param>
    public static OcclusionMap Of(RgbImage picture, Func<IReadOnlyList<RgbImage>, IReadOnlyList<float>> score)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(score);
        var cells = Math.Min(MostCells, picture.Width / 4);
        var patches = cells - 1;
        var colour = MeanColour(picture);
        var scores = score(new Pictures((patches * patches) + 1,
            i => i == 0 ? picture : Covered(picture, colour, (i - 1) % patches, (i - 1) / patches, cells)));
        var (sums, counts) = (new double[cells * cells], new int[cells * cells]);
        for (var i = 1; i < scores.Count; i++)
        {
            int left = (i - 1) % patches, top = (i - 1) / patches;
            for (var cell = 0; cell < 4; cell++)
            {
                var at = ((top + (cell / 2)) * cells) + left + (cell % 2);
                sums[at] += scores[0] - scores[i];
                counts[at]++;
            }
        }

        return new OcclusionMap(scores[0], cells, [.. sums.Zip(counts, (sum, count) => (float)(sum / count))]);
    }

    /// <summary>Lays the map over a picture: orange where a place speaks for generated, blue where for real, stronger the more; the picture
    /// turns grey.</summary>
    public RgbImage Over(RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        const double Strongest = 0.75;
        var scale = Values.Max(Math.Abs);
        var result = new RgbImage(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var value = scale > 0 ? At((x + 0.5) * Cells / picture.Width, (y + 0.5) * Cells / picture.Height) / scale : 0;
                var (r, g, b) = value > 0 ? (230, 97, 1) : (0, 114, 178);
                var share = Strongest * Math.Abs(value);
                var from = picture[x, y];
                var grey = (0.299 * from[0]) + (0.587 * from[1]) + (0.114 * from[2]);
                var to = result[x, y];
                to[0] = (byte)Math.Round((grey * (1 - share)) + (r * share));
                to[1] = (byte)Math.Round((grey * (1 - share)) + (g * share));
                to[2] = (byte)Math.Round((grey * (1 - share)) + (b * share));
            }
        }

        return result;
    }

    /// <summary>Bilinear between the cells' middles.</summary>
    private double At(double x, double y)
    {
        double u = Math.Clamp(x - 0.5, 0, Cells - 1), v = Math.Clamp(y - 0.5, 0, Cells - 1);
        int left = (int)u, top = (int)v, right = Math.Min(left + 1, Cells - 1), bottom = Math.Min(top + 1, Cells - 1);
        double Row(int row) => (Values[(row * Cells) + left] * (1 - (u - left))) + (Values[(row * Cells) + right] * (u - left));
        return (Row(top) * (1 - (v - top))) + (Row(bottom) * (v - top));
    }

    private static RgbImage Covered(RgbImage picture, byte[] colour, int left, int top, int cells)
    {
        var copy = picture.Clone();
        int x1 = left * picture.Width / cells, x2 = (left + 2) * picture.Width / cells;
        int y1 = top * picture.Height / cells, y2 = (top + 2) * picture.Height / cells;
        for (var y = y1; y < y2; y++)
            for (var x = x1; x < x2; x++) colour.CopyTo(copy[x, y]);
        return copy;
    }

    // Made when asked for: all at once would fill much memory.
    private sealed class Pictures(int count, Func<int, RgbImage> make) : IReadOnlyList<RgbImage>
    {
        public int Count => count;

        public RgbImage this[int index] => make(index);

        public IEnumerator<RgbImage> GetEnumerator() => Enumerable.Range(0, count).Select(make).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static byte[] MeanColour(RgbImage picture)
    {
        var sums = new long[3];
        for (var i = 0; i < picture.Pixels.Length; i++) sums[i % 3] += picture.Pixels[i];
        return [.. sums.Select(sum => (byte)Math.Round((double)sum / (picture.Width * picture.Height)))];
    }
}
