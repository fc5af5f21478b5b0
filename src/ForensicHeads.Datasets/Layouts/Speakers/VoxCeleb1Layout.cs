namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>VoxCeleb1, speakers id10001 to id11251.</summary>
public sealed class VoxCeleb1Layout() : VoxCelebLayout(1, "dev/mp4/id10001/1zcIwhmdeo4/00001.mp4, or .wav and .txt of the same names");
