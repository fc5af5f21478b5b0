namespace ForensicHeads.Fuzz.Targets;

/// <summary><c>detector.json</c> of a detector whose other files are whole.</summary>
internal sealed class DetectorManifestTarget : FuzzTarget
{
    public DetectorManifestTarget()
    {
        SmallDetector.Save(this["detector"]);
        Seeds = [File.ReadAllBytes(this["detector/detector.json"])];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["detector/detector.json"], input);
        using var saved = SavedDetector.Load(this["detector"]);
        SmallDetector.Try(saved);
    }
}
