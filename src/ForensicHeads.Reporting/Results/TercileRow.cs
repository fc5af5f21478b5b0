using System.Text.Json.Serialization;
using ForensicHeads.Datasets;
namespace ForensicHeads.Reporting.Results;

/// <summary>The curve within a third of the generated frames, by distance to the nearest shot (1 = nearest).</summary>
/// <param name="Tercile">1, 2 or 3.</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>.</param>
/// <param name="Shots">Shot count T.</param>
/// <param name="Auc">Area against the same real items.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
/// <param name="NIdentities">Test people.</param>
public sealed record TercileRow(int Tercile, Method Mode, int Shots, double? Auc, double? CiLow, double? CiHigh, int NIdentities)
{
    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>Smallest distance in the third: bits of 64 in which the perceptual hashes of driver frame and nearest shot differ.</summary>
    public double? DistanceFrom { get; init; }

    /// <summary>Largest distance in the third.</summary>
    public double? DistanceTo { get; init; }
}
