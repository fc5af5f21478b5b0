namespace ForensicHeads.Experiments.Plan;

/// <summary>One fit of generator, detector and calibrator, and the people tested by it.</summary>
/// <param name="Name"><c>all</c>, or <c>fold0</c> … in cross-fitting.</param>
/// <param name="Roles">Role of each person who takes part.</param>
/// <param name="SharedValidation">True where validation and calibration are the same people, for want of people.</param>
public sealed record Fold(string Name, IReadOnlyDictionary<string, SplitRole> Roles, bool SharedValidation)
{
    /// <summary>The people of a role, in ordinal order.</summary>
    public IReadOnlyList<string> People(SplitRole role)
    {
        var wanted = SharedValidation && role == SplitRole.Validation ? SplitRole.Calibration : role;
        return Roles.Where(pair => pair.Value == wanted).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToArray();
    }
}
