namespace ForensicHeads.Generator.Tests.Driving;

/// <summary>Pairs of people: shots of the target, a driver's clip, and the target making the driver's movements.</summary>
public sealed class MotionFixture
{
    public IReadOnlyList<(Landmarks68[] Shots, Landmarks68[] Driver, Landmarks68[] Truth)> Pairs { get; } =
        [.. Enumerable.Range(0, 4).Select(pair => (
            ProceduralMotion.Landmarks(2 * pair, 1, 8, 11),
            ProceduralMotion.Landmarks((2 * pair) + 1, 0, 16, 9),
            ProceduralMotion.Landmarks(2 * pair, 0, 16, 9)))];
}
