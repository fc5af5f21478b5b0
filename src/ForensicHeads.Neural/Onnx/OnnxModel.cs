namespace ForensicHeads.Neural.Onnx;

/// <summary>A network as an ONNX file.</summary>
/// <param name="Bytes">The file: self-contained, float32, with a free batch axis.</param>
/// <param name="MultiplyAdds">Multiply-adds of its convolutions and matrix products for one item of the batch.</param>
public sealed record OnnxModel(byte[] Bytes, long MultiplyAdds);
