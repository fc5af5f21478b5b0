namespace ForensicHeads.Reporting.Protocols;

/// <summary>What one scorer said of one clip in one round of a protocol: trained without the round's generator and without the people of its fold.</summary>
/// <param name="Generator">The generator that the round leaves out.</param>
/// <param name="Fold">The fold of real people that the round leaves out, from 0.</param>
/// <param name="Clip">The clip; unique over all stores.</param>
/// <param name="Identity">The person it shows.</param>
/// <param name="Generated">Whether it is one of the generator's clips; otherwise it shows a real person of the fold.</param>
/// <param name="Score">Higher means more likely generated; comparable within the round alone.</param>
public sealed record RoundScore(string Generator, int Fold, string Clip, string Identity, bool Generated, double Score);
