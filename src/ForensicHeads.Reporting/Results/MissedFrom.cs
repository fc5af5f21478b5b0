using System.Text.Json.Serialization;
using ForensicHeads.Datasets;
namespace ForensicHeads.Reporting.Results;

/// <summary>T*: the smallest shot count whose upper AUC limit is under 0.75.</summary>
/// <param name="Detector">The detector: aware, unaware …</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>.</param>
/// <param name="Shots">T*, or null.</param>
/// <param name="Statement">T* in words: "not reached up to 32" where there is none.</param>
public sealed record MissedFrom(string Detector, Method Mode, int? Shots, string Statement)
{
    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }
}
