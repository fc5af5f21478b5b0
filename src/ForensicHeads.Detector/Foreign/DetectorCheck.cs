using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>What a network must say to a known picture, so that a wrong scale is found before it becomes a score.</summary>
public sealed record DetectorCheck
{
    /// <summary>The picture.</summary>
    public required CheckPicture Input { get; init; }

    /// <summary>The output's numbers as the graph gives them: all of them, or the one of <see cref="DetectorOutput.Index"/>.</summary>
    [JsonConverter(typeof(NumbersJson))]
    public required IReadOnlyList<double> Output { get; init; }

    internal void Check(DetectorFileCheck check, DetectorOutput? output)
    {
        check.Require(Output.Count > 0 && Output.All(double.IsFinite), "check.output", DetectorFileCheck.List(Output),
            "a number, or a list of numbers");
        check.Require(Output.Count == 1 || Output.Count > output?.Index, "check.output", DetectorFileCheck.List(Output),
            "a number, or all numbers of the output");
    }
}

/// <summary>A picture that everybody can make.</summary>
public enum CheckPicture
{
    /// <summary>Byte ((channel + 1) · x + 2y + 85 · channel + 7 · frame) mod 256 at column x and row y of the input's size, channel 0 =
    /// red, frame 0 the first of a window; scaled and ordered as any picture is. Each channel has a slope of its own.</summary>
    Ramp,
}
