namespace ForensicHeads.Experiments.Protocols;

/// <summary>One round of leave-one-generator-out: who trains and who is tested.</summary>
/// <param name="Generator">The generator left out.</param>
/// <param name="Fold">The fold of real people left out, from 0.</param>
/// <param name="Train">Clips of other generators and other people that share nothing with the test side.</param>
/// <param name="Test">The generator's clips and the fold's real clips.</param>
public sealed record Round(string Generator, int Fold, IReadOnlyList<Clip> Train, IReadOnlyList<Clip> Test);
