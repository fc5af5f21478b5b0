using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>The robustness ladder: what happens to pictures on their way through the world.</summary>
public static class RobustnessLadder
{
    /// <summary>Its steps by name, in the order of tables.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. SequenceConditions.All.Select(condition => condition.Name).Where(name => name is not ("clean" or "face-only"))];

    /// <summary>A step.</summary>
    /// <exception cref="UserErrorException">Not a step of the ladder.</exception>
    public static ISequenceCondition Step(string name) => Steps.Contains(name) ? SequenceConditions.ByName(name)
        : throw new UserErrorException($"The robustness ladder has no step '{name}'; choose from {string.Join(", ", Steps)}.", exitCode: 2);
}
