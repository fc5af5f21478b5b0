using BenchmarkDotNet.Attributes;

namespace ForensicHeads.Benchmarks;

/// <summary>Frames of procedural heads on one core; the bar is 100 frames a second at 128 px (10 ms a frame).</summary>
public class Rendering
{
    private readonly ProceduralVideo video = new(ProceduralPerson.Create(1, 0), 0, 1);
    private int frame;

    /// <summary>Side in pixels.</summary>
    [Params(64, 128, 256)]
    public int Size { get; set; }

    /// <summary>One frame.</summary>
    [Benchmark]
    public ProceduralFrame Render() => video.Render(frame++ % 250, Size);
}
