namespace ForensicHeads.Detector.Conditions;

/// <summary>What frames of both classes undergo before they are measured, by name. To add one, write a class and name it here, or add it to <see cref="All"/>.</summary>
public static class FrameConditions
{
    /// <summary>The frames as they are.</summary>
    public const string Clean = "clean";

    /// <summary>Those that need nothing but the frame's own pixels: <c>clean</c> and the steps of the ladder that change each frame by itself.</summary>
    public static Catalogue<IPixelCondition> OfPixels { get; } = new(
        "condition",
        new CleanCondition(), new JpegCondition(90), new JpegCondition(70), new JpegCondition(50), new JpegCondition(30), new ResizeCondition(),
        new BlurCondition(1), new BlurCondition(2), new NoiseCondition(2), new NoiseCondition(5),
        new BrightnessCondition(20), new BrightnessCondition(-20), new ContrastCondition(20), new ContrastCondition(-20));

    /// <summary>Every condition, for sequences.</summary>
    public static Catalogue<ISequenceCondition> All { get; } = new(
        "condition",
        [
            .. OfPixels.All.Select(condition => new FrameByFrame(condition)), new FaceOnlyCondition(), new H264Condition(23), new H264Condition(40),
            new FrameByFrame(new RecapturedCondition()),
        ]);

    /// <summary>The robustness ladder, what happens to pictures on their way through the world: names of its steps in the order of tables.</summary>
    public static IReadOnlyList<string> Ladder { get; } = [.. OfPixels.Names.Where(name => name != Clean), .. All.All.OfType<H264Condition>().Select(step => step.Name)];

    /// <summary>A step of the ladder.</summary>
    /// <exception cref="UserErrorException">There is no such step.</exception>
    public static ISequenceCondition Step(string name) => Ladder.Contains(name) ? All.ByName(name)
        : throw new UserErrorException($"The robustness ladder has no step '{name}'; choose from {string.Join(", ", Ladder)}.", exitCode: 2);

    /// <summary>A condition whose draws, where it has any, come from a seed.</summary>
    /// <exception cref="UserErrorException">There is no such condition.</exception>
    public static ISequenceCondition ByName(string name, long seed) => All.ByName(name).Seeded(seed);
}
