using System.Globalization;

namespace ForensicHeads.Statistics;

/// <summary>Where an area under the ROC curve falls to a level as a dose grows (compression, say): by straight lines between the doses that
/// were measured.</summary>
public static class AreaCrossing
{
    /// <summary>The smallest dose at which the area is no longer above the level, with the jackknife interval over people, clipped to the
    /// measured doses. Undefined, with the reason as its warning, where the area is never above the level or never falls to it.</summary>
    /// <param name="doses">Two or more, ascending, each with the scores of the same people.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static Estimate Of(IReadOnlyList<(double Dose, IReadOnlyList<ClusteredScore> Scores)> doses, double level)
    {
        ArgumentNullException.ThrowIfNull(doses);
        if (doses.Count < 2) return Estimate.Undefined("two doses are needed");
        var placed = doses.Select(dose => new AucPlacements(dose.Scores)).ToArray();
        double[] at = [.. doses.Select(dose => dose.Dose)];
        string[] people = [.. placed.SelectMany(dose => dose.People.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var areas = placed.Select(dose => dose.Area).ToArray();
        if (areas.Any(area => area is null)) return Estimate.Undefined("a class is empty", people.Length);
        if (Crossing(at, areas, level) is not { } value) return Estimate.Undefined(string.Create(CultureInfo.InvariantCulture,
            $"{(areas[0] <= level ? $"at most {level:0.00} from {at[0]} on" : $"above {level:0.00} up to {at[^1]}")}"), people.Length);
        double?[] without = [.. people.Select(person => Crossing(at, [.. placed.Select(dose => dose.Without(person))], level))];
        if (people.Length < 2 || without.Any(one => one is null)) return new Estimate(value, null, null, people.Length,
            "without one of the people the area does not fall to the level inside the measured doses");
        var (n, mean) = (people.Length, without.Average()!.Value);
        var half = Quantiles.StudentT(n - 1) * Math.Sqrt(without.Sum(one => (one!.Value - mean) * (one.Value - mean)) * (n - 1) / n);
        return new Estimate(value, Math.Max(at[0], value - half), Math.Min(at[^1], value + half), n);
    }

    private static double? Crossing(double[] at, double?[] areas, double level)
    {
        if (areas[0] is not { } last || last <= level) return null;
        for (var i = 1; i < at.Length; i++)
        {
            if (areas[i] is not { } area) return null;
            if (area <= level) return at[i - 1] + ((last - level) / (last - area) * (at[i] - at[i - 1]));
            last = area;
        }

        return null;
    }
}
