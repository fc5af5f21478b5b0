namespace ForensicHeads.Experiments.Results;

/// <summary>The detector's worst errors as pictures.</summary>
internal static class ErrorGrid
{
    /// <summary>A row of true frames taken for generated and one of fakes taken for real, worst first; nothing where there is no
    /// error.</summary>
    public static IReadOnlyList<GridPicture> Draw(IReadOnlyList<ErrorRow> errors, IReadOnlyList<ExperimentFrame> frames)
    {
        if (errors.Count == 0) return [];
        var byKey = frames.GroupBy(frame => frame.Record.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var most = errors.Max(row => row.Rank);
        PictureRow Row(string kind, string label) =>
            new(label,
                [.. Enumerable.Range(1, most)
                .Select(rank => errors.FirstOrDefault(row => row.Kind == kind && row.Rank == rank) is { } error
                ? byKey.GetValueOrDefault(error.Key)?.Read() : null)]);
        string[] columns = [.. Enumerable.Range(1, most).Select(rank => rank == 1 ? "worst" : FormattableString.Invariant($"{rank}"))];
        PictureRow[] rows =
            [.. new[] { Row(ErrorRow.FalseAlarm, "true, called generated"), Row(ErrorRow.Miss, "fake, called real") }.Where(row =>
                row.Cells.Any(cell => cell is RgbImage))];
        return rows.Length == 0 ? [] : [new GridPicture(ErrorRow.Grid,
            $"The worst errors of the artefact detector, condition {errors[0].Condition}, one frame a person, worst at the left. Keys and "
                + "scores stand in the table below.", new PictureGrid(columns, rows).ToPng())];
    }
}
