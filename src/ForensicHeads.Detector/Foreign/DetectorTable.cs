using System.Globalization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>Where a list of finished scores has names and scores, and what a high score means.</summary>
public sealed record DetectorTable
{
    /// <summary>The column with the names: keys of a store's frames where it is called <c>key</c>, else files, videos, or frames as
    /// <c>video/000.png</c>. Where the list has no header, the column's number, from 1.</summary>
    public required string Name { get; init; }

    /// <summary>The column with the scores, likewise.</summary>
    public required string Score { get; init; }

    /// <summary>What stands between two cells: one letter. Default a comma.</summary>
    public string Separator { get; init; } = ",";

    /// <summary>Whether the first line names the columns. Default true.</summary>
    public bool Header { get; init; } = true;

    /// <summary>Which class has the higher scores; those of a list that rises to real are turned round. Default generated.</summary>
    public Label RisesTo { get; init; } = Label.Generated;

    /// <summary>The form of a list by its first line: what this toolkit asks for, a submission to the Deepfake Detection Challenge, and
    /// what GenD, DeepSafe, dfwb and AV-Deepfake1M write.</summary>
    /// <param name="first">The cells of the first line, by commas.</param>
    /// <returns>Null where it fits none, or more than one.</returns>
    internal static DetectorTable? Of(IReadOnlyList<string> first)
    {
        if (first is [var only] && only.Split(';') is [_, var number]
            && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return new DetectorTable { Name = "1", Score = "2", Separator = ";", Header = false };
        string[] names = [.. first.Where(column => column is "key" or "file" or "filename")];
        if (names is [var name] && first.Contains("score")) return Columns(name, "score");
        if (names is ["filename"] && first.Contains("label")) return Columns("filename", "label");
        if (first.Contains("files") && first.Contains("prob_class_1")) return Columns("files", "prob_class_1");
        string[] models = [.. first.Where(column => column.EndsWith("_prob", StringComparison.Ordinal))];
        return first.Contains("image_path") && models is [var model] ? Columns("image_path", model) : null;

        static DetectorTable Columns(string name, string score) => new() { Name = name, Score = score };
    }
}
