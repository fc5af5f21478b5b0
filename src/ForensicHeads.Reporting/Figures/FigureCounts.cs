using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Figures;

/// <summary>"12 people · 24 videos · 3,072 frames", from the columns of a table that carries them.</summary>
internal static class FigureCounts
{
    internal static string Of(FigureTable table)
    {
        long Largest(string column) => table.Columns.Contains(column) ? (long)(Enumerable.Range(0, table.Rows.Count).Max(row => table.Number(row, column)) ?? 0) : 0;
        var parts = new[] { (Largest("n_identities"), "person", "people"), (Largest("n_videos"), "video", "videos"), (Largest("n_frames"), "frame", "frames") };
        return "n = " + string.Join(" · ", parts.Where(part => part.Item1 > 0).Select(part => NumberText.Count(part.Item1, part.Item2, part.Item3)));
    }
}
