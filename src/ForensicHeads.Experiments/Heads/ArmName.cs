using ForensicHeads.Generator.Heads;

namespace ForensicHeads.Experiments.Heads;

/// <summary>The arms' names in results, scores and folders.</summary>
public static class ArmName
{
    /// <summary><c>updates</c> or <c>epochs</c>.</summary>
    public static string Of(BudgetArm arm) => arm.ToString().ToLowerInvariant();
}
