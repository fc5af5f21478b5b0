using System.Globalization;

namespace ForensicHeads.Generator.Heads;

/// <summary>Whether shots show one person: the two that a face-identity network finds least alike.</summary>
/// <param name="Distance">Their cosine distance, 0 (alike) … 2.</param>
/// <param name="First">The one, from 0.</param>
/// <param name="Second">The other.</param>
/// <param name="Limit">The greatest distance that passes for one person.</param>
public sealed record ShotConsistency(double Distance, int First, int Second, double Limit)
{
    /// <summary>The greatest cosine distance between two shots that passes for one person, by the network identity-loss-64.</summary>
    /// <remarks>Of two frames each it passes 99.9 % of one rendered person's in two videos and 99.2 % of one real person's, and catches 96
    /// and 88 % of two people's.</remarks>
    public const double OnePersonLimit = 0.5;

    /// <summary>Whether they pass for one person.</summary>
    public bool Holds => Distance <= Limit;

    /// <summary>A sentence that names the two and their distance.</summary>
    /// <param name="names">The shots' names.</param>
    public string Describe(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return string.Create(CultureInfo.InvariantCulture,
            $"Shots '{names[First]}' and '{names[Second]}' look like two people: their cosine distance is {Distance:F2}, and up to "
            + $"{Limit:F2} passes for one person.");
    }

    /// <summary>Refuses shots that look like two people.</summary>
    /// <param name="names">The shots' names, for the message.</param>
    /// <param name="overriding">The switch that lets them pass, for the message.</param>
    /// <exception cref="UserErrorException">They are further apart than the limit.</exception>
    public void Require(IReadOnlyList<string> names, string overriding)
    {
        if (!Holds) throw new UserErrorException($"{Describe(names)} Leave one of them out, or say {overriding} if you know better.");
    }

    /// <summary>Compares every two shots.</summary>
    /// <param name="vectors">A vector a shot, of any length but zero; at least two.</param>
    /// <param name="limit">The greatest distance that passes; the default belongs to identity-loss-64.</param>
    /// <exception cref="ArgumentException">Fewer than two vectors, or of different lengths.</exception>
    public static ShotConsistency Check(IReadOnlyList<float[]> vectors, double limit = OnePersonLimit)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count < 2) throw new ArgumentException($"{vectors.Count} shots cannot be compared; at least two can.", nameof(vectors));
        var worst = new ShotConsistency(double.NegativeInfinity, 0, 1, limit);
        for (var i = 0; i < vectors.Count; i++)
        {
            for (var j = i + 1; j < vectors.Count; j++)
            {
                var distance = 1 - FaceRetrieval.Cosine(vectors[i], vectors[j]);
                if (distance > worst.Distance) worst = worst with { Distance = distance, First = i, Second = j };
            }
        }

        return worst;
    }
}
