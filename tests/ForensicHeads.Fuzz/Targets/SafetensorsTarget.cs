namespace ForensicHeads.Fuzz.Targets;

/// <summary>Header and tensors of a safetensors file.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    public SafetensorsTarget()
    {
        NamedTensor[] tensors =
            [new("weight", [2, 3], [1, 2, 3, 4, 5, 6]), new("bias", [3], [0.5f, 0, -1], TensorPrecision.Bits16), new("empty", [0, 4], [])];
        SafetensorsFile.Write(this["seed"], tensors, new Dictionary<string, string> { ["kind"] = "fuzz", ["licence"] = "none" });
        Seeds = [File.ReadAllBytes(this["seed"])];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["input"], input);
        SafetensorsFile.Read(this["input"]);
        SafetensorsFile.ReadMetadata(this["input"]);
    }
}
