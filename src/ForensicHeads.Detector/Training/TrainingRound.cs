namespace ForensicHeads.Detector.Training;

/// <summary>One round of a protocol that leaves something out, for a detector that is calibrated on what it never learnt from.</summary>
/// <param name="LeftOut">The generator or collection left out.</param>
/// <param name="Fold">The fold of real people left out, from 0.</param>
/// <param name="Train">Names of the clips that teach (<see cref="ClipName"/>).</param>
/// <param name="Test">Names of the clips that are scored; none of them shares anything with one that teaches.</param>
public sealed record TrainingRound(string LeftOut, int Fold, IReadOnlySet<string> Train, IReadOnlySet<string> Test)
{
    /// <summary>Names of the clips that teach in some round.</summary>
    public static IReadOnlySet<string> Teaching(IEnumerable<TrainingRound> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        return rounds.SelectMany(round => round.Train).ToHashSet(StringComparer.Ordinal);
    }
}
