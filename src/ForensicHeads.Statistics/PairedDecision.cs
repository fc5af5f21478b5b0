namespace ForensicHeads.Statistics;

/// <summary>One thing that was called real or generated twice: by two detectors, or as made in two ways from the same driver frame.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Generated">Its true class.</param>
/// <param name="FirstRight">Whether the first call is right.</param>
/// <param name="SecondRight">Whether the second is.</param>
public readonly record struct PairedDecision(string Identity, bool Generated, bool FirstRight, bool SecondRight);
