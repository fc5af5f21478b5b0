using System.Globalization;

namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>Where a speaker's face is in a YouTube video, as a <c>.txt</c> of VoxCeleb says.</summary>
/// <param name="Identity">What its header calls the speaker; null for nothing.</param>
/// <param name="Reference">The YouTube video; null for nothing.</param>
/// <param name="Boxes">Left, top, width and height by frame, at 25 frames a second of the YouTube video.</param>
public sealed record VoxCelebTrack(string? Identity, string? Reference,
    IReadOnlyList<(int Frame, double X, double Y, double W, double H)> Boxes)
{
    /// <summary>Pixels are of a picture of this height.</summary>
    public const int PictureHeight = 360;

    private const double MostFraction = 1.5;

    /// <summary>Whether the boxes are fractions of width and height, as in VoxCeleb2, or else pixels, as in VoxCeleb1. Their values
    /// tell.</summary>
    public bool IsFraction => Boxes.All(box => Math.Max(Math.Max(box.X, box.Y), Math.Max(box.W, box.H)) <= MostFraction);

    /// <summary>Reads the lines; null where there are no boxes.</summary>
    /// <remarks>The length of the header differs, so the line with the names of the columns is looked for.</remarks>
    public static VoxCelebTrack? Parse(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var start = lines.ToList().FindIndex(line => line.TrimStart().StartsWith("FRAME", StringComparison.Ordinal));
        if (start < 0) return null;
        var boxes = new List<(int, double, double, double, double)>();
        foreach (var line in lines.Skip(start + 1))
        {
            var cells = line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length < 5 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frame)) continue;
            var values = cells[1..5].Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? value
                : double.NaN).ToArray();
            if (values.All(double.IsFinite)) boxes.Add((frame, values[0], values[1], values[2], values[3]));
        }

        return boxes.Count == 0 ? null : new VoxCelebTrack(Header("Identity"), Header("Reference"), boxes);

        string? Header(string name) => lines.Take(start).FirstOrDefault(line => line.TrimStart().StartsWith(name, StringComparison.Ordinal))
            is { } line && line.Split(':', 2) is [_, var value] ? value.Trim() : null;
    }
}
