namespace ForensicHeads.Datasets.Exports;

/// <summary><c>csv</c>: PNG files in folders, and one table.</summary>
public sealed class CsvExport : IStoreExport
{
    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public string For => "frames as PNG files and one metadata.csv";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ExportPlan plan, ExportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(folder);
        folder.Table("metadata.csv", [.. plan.Sequences.SelectMany(sequence => folder.Frames(sequence, "frames/")
            .Zip(sequence.Frames, (name, frame) => ("frames/" + name, sequence, frame)))]);
        return [];
    }
}
