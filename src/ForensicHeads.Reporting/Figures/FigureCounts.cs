using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Figures;

/// <summary>"12 people · 24 videos · 3,072 frames", from the columns of a table that carries them; "7 to 12 people" where its rows differ.</summary>
internal static class FigureCounts
{
    internal static string Of(FigureTable table)
    {
        var parts = new[] { ("n_identities", "person", "people"), ("n_videos", "video", "videos"), ("n_frames", "frame", "frames") }.Where(part => table.Columns.Contains(part.Item1))
            .Select(part => (Counts: Enumerable.Range(0, table.Rows.Count).Select(row => (long)(table.Number(row, part.Item1) ?? 0)).Where(count => count > 0).ToArray(), part.Item2, part.Item3)).Where(part => part.Counts.Length > 0);
        return "n = " + string.Join(" · ", parts.Select(part => (part.Counts.Min() < part.Counts.Max() ? $"{NumberText.Count(part.Counts.Min())} to " : "") + NumberText.Count(part.Counts.Max(), part.Item2, part.Item3)));
    }
}
