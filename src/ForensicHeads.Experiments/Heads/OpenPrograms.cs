namespace ForensicHeads.Experiments.Heads;

/// <summary>Generators of others, open until all their jobs are done.</summary>
/// <param name="files">Paths of <c>NAME.generator.json</c>.</param>
internal sealed class OpenPrograms(IEnumerable<string> files) : IDisposable
{
    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<ProgramGenerator> All { get; } = [.. files.Select(ProgramGenerator.Open)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var program in All) program.Dispose();
    }
}
