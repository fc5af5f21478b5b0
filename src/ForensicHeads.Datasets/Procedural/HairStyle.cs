namespace ForensicHeads.Datasets.Procedural;

internal enum HairStyle
{
    Bald,
    Receding,
    Buzz,
    Short,
    Quiff,
    Parted,
    Curly,
    Fringe,
    Bob,
    Long,
    Bun,
}
