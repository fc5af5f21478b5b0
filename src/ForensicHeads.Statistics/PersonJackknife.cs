namespace ForensicHeads.Statistics;

/// <summary>A number that belongs to no single person (a distance of two sets), and what it is without each of them.</summary>
/// <param name="Value">The number over everybody; null where it is undefined.</param>
/// <param name="Without">The number without person i; null where too little is left.</param>
public sealed record PersonJackknife(double? Value, IReadOnlyList<double?> Without)
{
    /// <summary>The number with its delete-one-person jackknife interval, t(n − 1).</summary>
    public Estimate Interval()
    {
        if (Value is null) return Estimate.Undefined("too few frames in a set", Without.Count);
        var left = Without.OfType<double>().ToArray();
        if (left.Length < 2) return new Estimate(Value, null, null, Without.Count, "an interval needs at least two people");
        var mean = left.Average();
        var half = Quantiles.StudentT(left.Length - 1) * Math.Sqrt(
            (left.Length - 1.0) / left.Length * left.Sum(other => (other - mean) * (other - mean)));
        return new Estimate(Value, Value - half, Value + half, Without.Count);
    }

    /// <summary>This number minus another over the same people, paired by leaving the same person out of both.</summary>
    /// <exception cref="ArgumentException">The other has another number of people.</exception>
    public PersonJackknife Minus(PersonJackknife other)
    {
        if (other.Without.Count != Without.Count) throw new ArgumentException(
            "The two numbers are not over the same people; take both over those who have both.", nameof(other));
        return new PersonJackknife(Value - other.Value, [.. Without.Zip(other.Without, (mine, its) => mine - its)]);
    }
}
