using ForensicHeads.Datasets;

namespace ForensicHeads.Reporting.Results;

/// <summary>What a video codec spent on one kind of frames: equal arguments do not mean equal bits.</summary>
/// <param name="Condition">The condition or step of the ladder, <c>h264-crf23</c> …</param>
/// <param name="Label">The class: <c>real</c> or <c>generated</c>.</param>
/// <param name="Mode"><c>ff</c>, <c>ft</c>, an anchor or an attacker; null for the whole class (generated: ff and ft).</param>
/// <param name="NSequences">Sequences of test people.</param>
/// <param name="NFrames">Their frames.</param>
/// <param name="BitsPerFrame">Mean bits a frame, without container.</param>
/// <param name="BitsPerPixel">The same over the frame's pixels.</param>
public sealed record CompressionRow(string Condition, Label Label, Method? Mode, int NSequences, int NFrames, double BitsPerFrame, double BitsPerPixel);
