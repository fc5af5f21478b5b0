namespace ForensicHeads.Experiments.Detection;

/// <summary>Detectors of others, open until all is scored.</summary>
/// <param name="files">Paths of <c>NAME.detector.json</c>.</param>
internal sealed class OpenDetectors(IEnumerable<string> files) : IDisposable
{
    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<IForeignDetector> All { get; } = [.. files.Select(file => ForeignDetectors.Open(DetectorFile.Read(file)))];

    /// <summary>What they are, for the report.</summary>
    public IEnumerable<ReportFact> Facts => All.Select(one =>
        new ReportFact($"detector {one.File.Name} ({one.File.Licence}; trained on: {one.File.TrainedOnText})", one.Sha256));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in All) one.Dispose();
    }
}
