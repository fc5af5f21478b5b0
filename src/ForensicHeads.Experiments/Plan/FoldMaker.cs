namespace ForensicHeads.Experiments.Plan;

/// <summary>Gives people their roles: one fixed split, or cross-fitting over people.</summary>
public static class FoldMaker
{
    /// <summary>Makes the folds.</summary>
    /// <param name="store">The real frames.</param>
    /// <param name="people">People who can be shots and drivers.</param>
    /// <param name="roles">How many of what.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="split">Who does what, in place of the counts; null to draw.</param>
    /// <exception cref="UserErrorException">Too few people.</exception>
    public static IReadOnlyList<Fold> Make(FrameStore store, IReadOnlyList<string> people, RoleCounts roles, long seed,
        Split? split = null) =>
        split is not null ? [Given(split, people)]
            : roles.Folds == 0 ? [Single(store, people, roles, seed)] : CrossFit(store, people, roles.Folds, seed);

    private static Fold Given(Split split, IReadOnlyList<string> people)
    {
        var roles = people.Select(person => (Person: person, Role: split.RoleOf(person)))
            .Where(one => one.Role is not (null or SplitRole.Generator)).ToDictionary(one => one.Person, one => one.Role!.Value);
        foreach (var role in new[] { SplitRole.Train, SplitRole.Validation, SplitRole.Calibration, SplitRole.Test })
            if (!roles.ContainsValue(role)) throw new UserErrorException(
                $"The split {split.Name} has nobody for the role {role.ToString().ToLowerInvariant()} who can be shots and driver "
                + $"({people.Count} people can). Draw it again with 'datasets split', or use \"roles\".");
        return new Fold("all", roles, SharedValidation: false);
    }

    private static Fold Single(FrameStore store, IReadOnlyList<string> people, RoleCounts roles, long seed)
    {
        var needed = roles.Train + roles.Validation + roles.Calibration + roles.Test;
        if (people.Count < needed)
        {
            throw new UserErrorException(
                $"The roles need {needed} people (train {roles.Train}, validation {roles.Validation}, calibration {roles.Calibration}, "
                + $"test {roles.Test}), but only {people.Count} can be shots and drivers. Add people, lower the counts, or use \"folds\".");
        }

        var split = SplitMaker.Make([store],
            new SplitOptions
            {
                Name = "experiment",
                Seed = seed,
                Generator = 0,
                Train = roles.Train,
                Validation = roles.Validation,
                Calibration = roles.Calibration,
                Test = roles.Test
            }, people);
        return new Fold("all", split.Identities.ToDictionary(), SharedValidation: false);
    }

    // Test: one fold. Of the rest, a third calibrates and sets the threshold (two people where two more are left to train on, so that one
    // can stand in for a fake of the other; else one), the others train. People who share footage or a group move together.
    private static Fold[] CrossFit(FrameStore store, IReadOnlyList<string> people, int folds, long seed)
    {
        const int LeastTraining = 2;
        var usable = people.ToHashSet(StringComparer.Ordinal);
        var clusters = PeopleClusters.Of([store]).Select(cluster => cluster.Where(usable.Contains).ToArray())
            .Where(cluster => cluster.Length > 0).ToArray();
        var order = new SeededRandom(seed, "cross-fit").Permutation(clusters.Length).Select(i => clusters[i]).ToArray();
        // Larger clusters first, each into the smallest fold so far; the order decides between equals.
        var parts = Enumerable.Range(0, folds).Select(_ => new List<string[]>()).ToArray();
        foreach (var cluster in order.OrderByDescending(cluster => cluster.Length)) parts.MinBy(
            part => part.Sum(other => other.Length))!.Add(cluster);
        var largest = parts.Max(part => part.Sum(cluster => cluster.Length));
        if (clusters.Length < folds || people.Count - largest < LeastTraining + 1)
        {
            var apart = clusters.Length == people.Count ? "" : $" in {clusters.Length} groups that share no footage";
            throw new UserErrorException(
                $"Cross-fitting in {folds} folds needs at least {Math.Max(folds, 5)} people who may be generated and have enough frames; "
                + $"there are {people.Count}{apart}. Add people or lower \"folds\".");
        }

        return parts.Select((part, fold) =>
        {
            var roles = new Dictionary<string, SplitRole>();
            foreach (var person in part.SelectMany(cluster => cluster)) roles[person] = SplitRole.Test;
            var rest = parts.Where((_, i) => i != fold).SelectMany(other => other).ToArray();
            var others = rest.Sum(cluster => cluster.Length);
            var calibration = Calibrators(rest, Math.Max(Math.Clamp(others - LeastTraining, 1, 2), others / 3), LeastTraining);
            for (var i = 0; i < rest.Length; i++)
            {
                foreach (var person in rest[i]) roles[person] = calibration.Contains(i) ? SplitRole.Calibration : SplitRole.Train;
            }

            return new Fold($"fold{fold}", roles, SharedValidation: true);
        }).ToArray();
    }

    // Clusters up to the wanted number of people, at least one, leaving enough people to train on.
    private static HashSet<int> Calibrators(string[][] clusters, int wanted, int leastTraining)
    {
        var chosen = new HashSet<int>();
        var (count, total) = (0, clusters.Sum(cluster => cluster.Length));
        foreach (var i in Enumerable.Range(0, clusters.Length).OrderBy(i => clusters[i].Length))
        {
            if (count >= wanted || (count > 0 && count + clusters[i].Length > wanted)) break;
            if (total - count - clusters[i].Length < leastTraining) break;
            chosen.Add(i);
            count += clusters[i].Length;
        }

        return chosen.Count > 0 ? chosen
            : throw new UserErrorException(
                "Too few people who share no footage are left to calibrate on in a fold. Add people or raise \"folds\".");
    }
}

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
