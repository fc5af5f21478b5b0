namespace ForensicHeads.Datasets.Procedural;

/// <summary>The linear movements of a face (blend shapes).</summary>
internal enum FaceMove
{
    Jaw,
    UpperLip,
    Smile,
    Round,
    Brow,
    Frown,
}
