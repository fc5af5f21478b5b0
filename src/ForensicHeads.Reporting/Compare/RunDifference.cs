using System.Text.Json.Serialization;
using ForensicHeads.Datasets;
namespace ForensicHeads.Reporting.Compare;

/// <summary>AUC of one experiment minus that of another at the same point of the curve, on the people whom both tested on the same true frames.</summary>
public sealed record RunDifference
{
    /// <summary>The first experiment.</summary>
    public required string First { get; init; }

    /// <summary>The second one.</summary>
    public required string Second { get; init; }

    /// <summary>The detector of both.</summary>
    public required string Detector { get; init; }

    /// <summary>The condition of both.</summary>
    public required string Condition { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Budget of fine-tuning; empty where it plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary>People whom both tested on the same true frames.</summary>
    public int NIdentities { get; init; }

    /// <summary>First minus second, frame level.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit (jackknife over people, paired).</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Exact sign-flip test over people, two-sided.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm over all differences of the two experiments.</summary>
    public double? PHolm { get; init; }
}
