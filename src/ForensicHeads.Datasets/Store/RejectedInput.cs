namespace ForensicHeads.Datasets.Store;

/// <summary>One line of <c>rejected.jsonl</c>: an input, or a run of its frames, that was left out.</summary>
/// <param name="File">The input as the user named it.</param>
/// <param name="Identity">The person it was meant to show; null when unknown.</param>
/// <param name="Reason">Why it was left out, in one line.</param>
/// <param name="Remedy">What the user can do about it, in one line.</param>
/// <param name="FirstFrame">First frame left out, from 0; null when the whole input was.</param>
/// <param name="LastFrame">Last frame left out; null when the whole input was.</param>
public sealed record RejectedInput(string File, string? Identity, string Reason, string Remedy, int? FirstFrame = null, int? LastFrame = null);
