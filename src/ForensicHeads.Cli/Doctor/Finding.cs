namespace ForensicHeads.Cli.Doctor;

/// <summary>What the doctor found of one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Ok">Whether it is there and works.</param>
/// <param name="Needed">Whether the tool fails without it.</param>
/// <param name="Detail">What was seen, in a few words.</param>
/// <param name="Remedy">What to do about it; empty when all is well.</param>
internal sealed record Finding(string Name, bool Ok, bool Needed, string Detail, string Remedy)
{
    /// <summary>ok, missing (needed) or absent (optional).</summary>
    public string State => Ok ? "ok" : Needed ? "missing" : "absent";
}
