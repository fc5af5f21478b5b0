using System.Text.Json;

namespace ForensicHeads.Foundation.Evidence;

/// <summary>Checks a folder against its evidence log: every line against the one before it, every file against the last list of
/// files.</summary>
/// <remarks>
/// Whoever can write the folder can also write a whole new log. That the log is the one that was written then, only its head hash tells,
/// noted where nobody else can change it; see the parameter <c>head</c>.
/// </remarks>
public static class EvidenceCheck
{
    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder with <c>log.jsonl</c>.</param>
    /// <param name="head">The head hash noted elsewhere, or null.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    /// <exception cref="UserErrorException">There is no log, or a file cannot be read.</exception>
    public static EvidenceFinding Of(string folder, string? head = null, CancellationToken cancellation = default)
    {
        var chain = EvidenceChain.Read(Bytes(folder));
        var faults = new List<EvidenceFault>();
        if (chain.Fault is { } fault) faults.Add(fault);
        else if (chain.Last?.What != EvidenceLog.Files) faults.Add(Unfinished(chain));
        if (head is not null && head != chain.Last?.Hash) faults.Add(OtherHead(chain, head));
        var (files, count, removed) = chain.List is { } list ? EvidenceFiles.Compare(folder, list, cancellation) : ([], 0, []);
        return new EvidenceFinding
        {
            Lines = chain.Count,
            Files = count,
            Head = chain.Last?.Hash,
            Faults = [.. faults, .. files],
            RemovedCaches = removed
        };
    }

    /// <summary>The chain and the files that its last line lists, where both can be believed: no line is out of place, and the last is a
    /// list of files.</summary>
    /// <returns>The events, and the listed files whose bytes are as listed; null where the log proves nothing, with the reason.</returns>
    /// <exception cref="UserErrorException">There is no log, or a file cannot be read.</exception>
    public static (EvidenceContent? Content, string? Why) Confirmed(string folder, CancellationToken cancellation = default)
    {
        var chain = EvidenceChain.Read(Bytes(folder));
        if (chain.Fault is { } fault) return (null, fault.Sentence);
        if (chain.Last?.What != EvidenceLog.Files) return (null, Unfinished(chain).Sentence);
        var (faults, _, _) = EvidenceFiles.Compare(folder, chain.Last, cancellation);
        var wrong = faults.Select(one => one.Where).ToHashSet(StringComparer.Ordinal);
        var there = EvidenceFiles.Listed(chain.Last).Where(file => !wrong.Contains(file.Path) && PlainFile.IsThere(folder, file.Path));
        return (new EvidenceContent([.. chain.Lines.Select(line => line.Facts)], [.. there], faults), null);
    }

    private static EvidenceFault Unfinished(EvidenceChain chain) => new(
        EvidenceLog.Name,
        EvidenceFaultKind.Unfinished,
        chain.Last is { } last
            ? $"{EvidenceLog.Name} ends with the event '{last.What}', not with the list of files: the run did not come to its end, or "
            + "lines were removed" : $"{EvidenceLog.Name} is empty");

    private static EvidenceFault OtherHead(EvidenceChain chain, string head) => new(
        EvidenceLog.Name,
        EvidenceFaultKind.OtherHead,
        chain.Lines.FirstOrDefault(line => line.Hash == head) is { } earlier
            ? FormattableString.Invariant(
                $"{EvidenceLog.Name} went on after the head hash that was noted, which is that of line {earlier.Number}")
            : $"{EvidenceLog.Name} has another head hash than the one noted, {head[..12]}…: "
                + "lines were removed or the log was written anew");

    private static byte[] Bytes(string folder) => PlainFile.Reading(Path.Combine(folder, EvidenceLog.Name), () =>
    {
        if (!PlainFile.IsThere(folder, EvidenceLog.Name)) throw new UserErrorException(
            $"{folder} has no {EvidenceLog.Name}, so there is nothing to check it against. Name a folder made by 'experiment run', "
            + "'demo', 'detect evaluate' or 'detect score --report'.");
        return PlainFile.ReadBytes(folder, EvidenceLog.Name);
    }, "If a run is writing it just now, wait for its end.");
}

/// <summary>What an evidence log whose chain holds says.</summary>
/// <param name="Facts">Those of every event, in order.</param>
/// <param name="Files">The files it lists whose bytes are as listed.</param>
/// <param name="Faults">What is not as it lists.</param>
public sealed record EvidenceContent(IReadOnlyList<JsonElement> Facts, IReadOnlyList<EvidenceFile> Files,
    IReadOnlyList<EvidenceFault> Faults);

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
