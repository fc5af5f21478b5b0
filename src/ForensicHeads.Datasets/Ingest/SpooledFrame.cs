namespace ForensicHeads.Datasets.Ingest;

/// <summary>One crop of a spooled video: what the index needs and the manifest does not say.</summary>
internal sealed record SpooledFrame(int Track, int FrameNumber, double TimeS, float[] Landmarks, float Confidence, int CropX, int CropY, int CropSize, int Length);
