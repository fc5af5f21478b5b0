namespace ForensicHeads.Fuzz.Targets;

/// <summary>What an ONNX file says of itself, read without loading its network.</summary>
internal sealed class OnnxHeaderTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds { get; } = [Head()];

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["input.onnx"], input);
        OnnxModel.ReadMetadata(this["input.onnx"]);
        OnnxMetadata.IdentityIn(this["input.onnx"]);
    }

    // A ModelProto by field number (onnx.proto): ir_version 1, producer_name 2, graph 7 (node 1, name 2, initializer 5), metadata_props 14.
    private static byte[] Head()
    {
        byte[] weight = [0x08, 2, 0x08, 2, 0x10, 1, .. Text(8, "w"), .. Field(9, new byte[16])];
        byte[] node = [.. Text(1, "w"), .. Text(2, "y"), .. Text(4, "Relu")];
        byte[] graph = [.. Field(1, node), .. Text(2, "head"), .. Field(5, weight)];
        return [0x08, 8, .. Text(2, "forensicheads"), .. Field(7, graph), .. Pair("kind", "forensicheads-head"), .. Pair("identity", "ann"),
            .. Pair("licence", "none")];
    }

    private static byte[] Pair(string key, string value) => Field(14, [.. Text(1, key), .. Text(2, value)]);

    private static byte[] Text(int number, string value) => Field(number, System.Text.Encoding.UTF8.GetBytes(value));

    // Both the key and the length fit one byte here.
    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), (byte)content.Length, .. content];
}
