using ForensicHeads.Datasets;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Plan;

/// <summary>Gives people their roles: one fixed split, or cross-fitting over people.</summary>
public static class FoldMaker
{
    /// <summary>Makes the folds.</summary>
    /// <param name="store">The real frames.</param>
    /// <param name="people">People who can be shots and drivers.</param>
    /// <param name="roles">How many of what.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <exception cref="UserErrorException">Too few people.</exception>
    public static IReadOnlyList<Fold> Make(FrameStore store, IReadOnlyList<string> people, RoleCounts roles, long seed) =>
        roles.Folds == 0 ? [Single(store, people, roles, seed)] : CrossFit(people, roles.Folds, seed);

    private static Fold Single(FrameStore store, IReadOnlyList<string> people, RoleCounts roles, long seed)
    {
        var needed = roles.Train + roles.Validation + roles.Calibration + roles.Test;
        if (people.Count < needed)
        {
            throw new UserErrorException($"The roles need {needed} people (train {roles.Train}, validation {roles.Validation}, calibration {roles.Calibration}, test {roles.Test}), but only {people.Count} can be shots and drivers. Add people, lower the counts, or use \"folds\".");
        }

        var split = SplitMaker.Make([store], new SplitOptions { Name = "experiment", Seed = seed, Generator = 0, Train = roles.Train, Validation = roles.Validation, Calibration = roles.Calibration, Test = roles.Test }, people);
        return new Fold("all", split.Identities.ToDictionary(), SharedValidation: false);
    }

    // Test: one fold. Of the rest, a third (at least one person) calibrates and sets the threshold, the others train.
    private static Fold[] CrossFit(IReadOnlyList<string> people, int folds, long seed)
    {
        const int LeastTraining = 2;
        var largest = (people.Count + folds - 1) / folds;
        if (people.Count < folds || people.Count - largest < LeastTraining + 1)
        {
            throw new UserErrorException($"Cross-fitting in {folds} folds needs at least {Math.Max(folds, 5)} people who may be generated and have enough frames; there are {people.Count}. Add people or lower \"folds\".");
        }

        var order = new SeededRandom(seed, "cross-fit").Permutation(people.Count).Select(i => people.Order(StringComparer.Ordinal).ElementAt(i)).ToArray();
        return Enumerable.Range(0, folds).Select(fold =>
        {
            var rest = order.Where((_, i) => i % folds != fold).ToArray();
            var calibration = Math.Max(1, rest.Length / 3);
            var roles = new Dictionary<string, SplitRole>();
            for (var i = 0; i < order.Length; i++)
            {
                if (i % folds == fold) roles[order[i]] = SplitRole.Test;
            }

            for (var i = 0; i < rest.Length; i++) roles[rest[i]] = i < calibration ? SplitRole.Calibration : SplitRole.Train;
            return new Fold($"fold{fold}", roles, SharedValidation: true);
        }).ToArray();
    }
}
