using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>All conditions of this room by name, for sequences.</summary>
public static class SequenceConditions
{
    /// <summary>The pixel conditions, <c>face-only</c>, and H.264 at two rate factors.</summary>
    public static IReadOnlyList<ISequenceCondition> All { get; } =
        [.. PixelConditions.All.Select(condition => new FrameByFrame(condition)), new FaceOnlyCondition(), new H264Condition(23), new H264Condition(40)];

    /// <summary>The condition called <paramref name="name"/>.</summary>
    /// <exception cref="UserErrorException">No such condition.</exception>
    public static ISequenceCondition ByName(string name) => All.FirstOrDefault(condition => condition.Name == name)
        ?? throw new UserErrorException($"There is no condition '{name}'; choose from {string.Join(", ", All.Select(condition => condition.Name))}.", exitCode: 2);
}
