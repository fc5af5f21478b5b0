namespace ForensicHeads.Foundation.Evidence;

/// <summary>One thing that is not as an evidence log says.</summary>
/// <param name="Where">The file, below the folder with forward slashes; for the log itself <c>log.jsonl line N</c>.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Sentence">The same in words, without a full stop.</param>
public sealed record EvidenceFault(string Where, EvidenceFaultKind Kind, string Sentence);
