using ForensicHeads.Detector;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Detection;

/// <summary>All conditions an experiment can name.</summary>
internal static class Conditions
{
    private const string Recaptured = "recaptured";

    public static ISequenceCondition ByName(string name, long seed)
    {
        if (name == Recaptured) return new FrameByFrame(new RecapturedCondition(seed));
        return SequenceConditions.All.FirstOrDefault(condition => condition.Name == name)
            ?? throw new UserErrorException($"There is no condition '{name}'. Use recaptured or one of: {string.Join(", ", SequenceConditions.All.Select(condition => condition.Name))}.", exitCode: 2);
    }
}
