using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Compare;

/// <summary>A quality of one experiment's heads minus that of another's, on the people whom both tested on the same true frames.</summary>
public sealed record RunQualityDifference
{
    /// <summary>The first experiment.</summary>
    public required string First { get; init; }

    /// <summary>The second one.</summary>
    public required string Second { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Budget of fine-tuning; empty where it plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary><c>ssim</c>, <c>psnr</c>, <c>nme</c> (failures at the worst), <c>nme_redetected</c>, <c>identity_similarity</c>, <c>kid</c>
    /// or <c>fid</c>.</summary>
    public required string Quantity { get; init; }

    /// <summary>People whom both tested on the same true frames.</summary>
    public int NIdentities { get; init; }

    /// <summary>First minus second.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit over people, paired.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Exact sign-flip test over people, two-sided; null for the two distances.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm over all qualities of the two experiments.</summary>
    public double? PHolm { get; init; }

    /// <summary>The experiment whose heads are better: where the interval leaves no doubt, else null.</summary>
    public string? Better { get; init; }

    /// <summary>All differences of two experiments.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="people">Whom both tested on the same true frames.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    internal static IReadOnlyList<RunQualityDifference> Between(ComparedRun first, ComparedRun second, IReadOnlySet<string> people,
        long seed)
    {
        if (people.Count < 2) return [];
        var rows = first.Results.Generation.Where(row => row is { Mode.IsHead: true, Shots: not null }).SelectMany(row =>
        {
            var kind = new QualityKind(row.Mode, row.Shots, row.Arm);
            var other = second.Results.Generation.FirstOrDefault(one => new QualityKind(one.Mode, one.Shots, one.Arm) == kind);
            if (other is null || !first.Quality.TryGetValue(kind, out var own) || !second.Quality.TryGetValue(kind, out var its)) return [];
            return QualityPair.Compare(Measured(row, own, other, people), Measured(other, its, row, people), seed).Select(found =>
                new RunQualityDifference
                {
                    First = first.Name,
                    Second = second.Name,
                    Mode = row.Mode,
                    Arm = row.Arm,
                    Shots = row.Shots!.Value,
                    Quantity = found.Quantity,
                    NIdentities = found.Difference.Identities,
                    Difference = found.Difference.Value,
                    CiLow = found.Difference.Low,
                    CiHigh = found.Difference.High,
                    P = found.P,
                    Better = found.Difference.Low is null || found.Difference.Contains(0) ? null
                        : found.HigherIsBetter == found.Difference.Low > 0 ? first.Name : second.Name,
                });
        }).ToArray();
        return [.. rows.Zip(Holm.Adjust([.. rows.Select(row => row.P)]), (row, p) => row with { PHolm = p })];
    }

    // What another network measured is left out, and so are distances over other people or another number of frames.
    private static MeasuredKind Measured(GenerationRow row, IReadOnlyList<PersonQuality> own, GenerationRow other,
        IReadOnlySet<string> people)
    {
        var (judge, finder) = (row.IdentityModel == other.IdentityModel, row.NmeModel == other.NmeModel);
        PersonQuality[] shared = [.. own.Where(person => people.Contains(person.Identity)).Select(person => person with
        {
            IdentitySimilarity = judge ? person.IdentitySimilarity : null,
            NmeWorst = finder ? person.NmeWorst : null,
            NmeRedetected = finder ? person.NmeRedetected : null,
        })];
        var sets = shared.Length == own.Count && row.NIdentities == other.NIdentities && row.FeatureNetwork is not null
            && row.FeatureNetwork == other.FeatureNetwork && row.KidFrames == other.KidFrames
            && shared.All(person => person is { KidWithout: not null, FidWithout: not null });
        return new MeasuredKind(shared, sets ? new KindDistances(
            new PersonJackknife(row.Kid, [.. shared.Select(person => person.KidWithout)]),
            new PersonJackknife(row.Fid, [.. shared.Select(person => person.FidWithout)])) : null);
    }
}
