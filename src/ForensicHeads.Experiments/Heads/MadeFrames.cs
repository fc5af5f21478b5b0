using System.Globalization;
using ForensicHeads.Datasets;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Heads;

/// <summary>What made a row of frames, as far as the frames' records say it.</summary>
/// <param name="Generator">Name of the maker; null for true frames.</param>
/// <param name="Weights">SHA-256 of its weights, or null.</param>
internal sealed record Made(string? Generator, string? Weights)
{
    public string? Mode { get; init; }

    public int? Shots { get; init; }

    public ShotDraw? Draw { get; init; }

    public string Arm { get; init; } = "";

    // Which of several generators.
    public string Label { get; init; } = "";

    // Whose face it is, where that is not the driver's: who withdraws must find these frames, too.
    public string? Shown { get; init; }

    // Two stores of one person hold the same shots under two arms: the key must still be one frame's alone.
    public string Key => Generator is null ? "real" : string.Join('-', new[]
    {
        Generator, Mode, Shots is { } shots ? FormattableString.Invariant($"t{shots}") : null, Draw is { } draw ? FormattableString.Invariant($"d{draw.Draw}") : null,
        Arm.Length > 0 ? Arm : null, Label.Length > 0 ? Label : null,
    }.Where(part => part is not null));
}

/// <summary>Writes frames over a person's driver frames.</summary>
internal static class MadeFrames
{
    /// <summary>A second true sequence of the person, which nothing is made from.</summary>
    public static void WriteSpare(StoreWriter writer, PersonPlan plan)
    {
        var (records, shots) = (plan.SpareFrames, plan.Decode(plan.SpareFrames));
        for (var i = 0; i < records.Count; i++)
            writer.Add(records[i] with { Key = FrameKey.Of(string.Create(CultureInfo.InvariantCulture, $"{records[i].Identity}-spare-{i:D4}")), Landmarks = shots[i].Landmarks }, shots[i].Image);
    }

    /// <summary>One picture for each driver frame, in their order.</summary>
    public static void Write(StoreWriter writer, PersonPlan plan, RgbImage[] images, Made made)
    {
        for (var i = 0; i < images.Length; i++)
        {
            var driver = plan.Plan.DriverFrames[i];
            // Everything that the common path carries is the driver's own, so that no field can tell the classes apart.
            writer.Add(driver with
            {
                Key = FrameKey.Of(string.Create(CultureInfo.InvariantCulture, $"{driver.Identity}-{made.Key}-{i:D4}")),
                Landmarks = plan.DriverLandmarks(i),
                Label = made.Generator is null ? "real" : "generated",
                Identity = made.Shown ?? driver.Identity,
                Generator = made.Generator,
                WeightsSha256 = made.Weights,
                Mode = made.Mode,
                Shots = made.Shots,
                Draw = made.Draw?.Draw,
                DriverVideo = made.Generator is null ? null : driver.Video,
                DriverFrame = made.Generator is null ? null : driver.FrameNumber,
                NearestShotDistance = made.Draw is { } draw && made.Shots is { } shots ? draw.NearestShotDistances[shots][i] : null,
            }, images[i]);
        }
    }
}
