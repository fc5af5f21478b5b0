using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>The conditions that need nothing but the frame's own pixels, by name.</summary>
public static class PixelConditions
{
    /// <summary><c>clean</c> and the steps of the robustness ladder that change each frame by itself.</summary>
    public static IReadOnlyList<IPixelCondition> All { get; } =
    [
        new CleanCondition(), .. new[] { 90, 70, 50, 30 }.Select(quality => new JpegCondition(quality)), new ResizeCondition(), new BlurCondition(1), new BlurCondition(2),
        new NoiseCondition(2), new NoiseCondition(5), new BrightnessCondition(20), new BrightnessCondition(-20), new ContrastCondition(20), new ContrastCondition(-20),
    ];

    /// <summary>The condition called <paramref name="name"/>.</summary>
    /// <exception cref="UserErrorException">No such condition.</exception>
    public static IPixelCondition ByName(string name) => All.FirstOrDefault(condition => condition.Name == name)
        ?? throw new UserErrorException($"There is no pixel condition '{name}'; choose from {string.Join(", ", All.Select(condition => condition.Name))}.", exitCode: 2);
}
