namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>VoxCeleb2, speakers id00012 to id09272.</summary>
public sealed class VoxCeleb2Layout() : VoxCelebLayout(2, "dev/mp4/id00012/21Uxsk56VDQ/00001.mp4, or .m4a and .txt of the same names");
