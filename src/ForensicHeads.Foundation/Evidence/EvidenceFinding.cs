namespace ForensicHeads.Foundation.Evidence;

/// <summary>What <see cref="EvidenceCheck"/> found.</summary>
public sealed record EvidenceFinding
{
    /// <summary>Lines of the log.</summary>
    public required int Lines { get; init; }

    /// <summary>Files that the last list of files names.</summary>
    public required int Files { get; init; }

    /// <summary>Hash of the log's last line, to be noted somewhere else; null where that line is damaged.</summary>
    public string? Head { get; init; }

    /// <summary>What is not as the log says: lines first, in order, then files, by name.</summary>
    public required IReadOnlyList<EvidenceFault> Faults { get; init; }

    /// <summary>Caches that were removed whole, which changes no result.</summary>
    public IReadOnlyList<string> RemovedCaches { get; init; } = [];

    /// <summary>Whether everything is as it was written.</summary>
    public bool Holds => Faults.Count == 0;
}
