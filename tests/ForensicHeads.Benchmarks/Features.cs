using BenchmarkDotNet.Attributes;
using ForensicHeads.Datasets.Procedural;
using ForensicHeads.Detector;
using ForensicHeads.Foundation;

namespace ForensicHeads.Benchmarks;

/// <summary>Feature families at 256 px on one core.</summary>
public class Features
{
    private readonly RgbImage image = new ProceduralVideo(ProceduralPerson.Create(1, 0), 0, 1).Render(0, 256).Image;
    private FeatureLayout layout = new(FeatureFamilies.Default, 256);
    private float[] features = [];

    /// <summary>The family.</summary>
    [Params("spectrum", "dct_beta", "npr_stats")]
    public string Family { get; set; } = "spectrum";

    /// <summary>Makes the layout.</summary>
    [GlobalSetup]
    public void Setup()
    {
        layout = new FeatureLayout([Family], 256);
        features = new float[layout.Length];
    }

    /// <summary>One picture.</summary>
    [Benchmark]
    public void Compute() => layout.Compute(image, features);
}
