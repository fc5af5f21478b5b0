namespace ForensicHeads.Benchmarks.Watermark;

/// <summary>One exported clip.</summary>
/// <param name="Export">What was read of the file itself.</param>
/// <param name="Copy">What was read of the copy at half size and CRF 28, without a sidecar.</param>
/// <param name="Psnr">Of the marked first frame against the unmarked one, in dB over all three channels.</param>
internal sealed record ClipResult(ProvenanceFinding Export, ProvenanceFinding Copy, double Psnr);
