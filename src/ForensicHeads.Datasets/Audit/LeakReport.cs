namespace ForensicHeads.Datasets.Audit;

/// <summary>What the audit found.</summary>
/// <param name="Leaks">The findings, those that stop the run first.</param>
/// <param name="FramesCompared">How many frames' perceptual hashes were compared.</param>
/// <param name="Options">How strict it was.</param>
public sealed record LeakReport(IReadOnlyList<Leak> Leaks, int FramesCompared, LeakAuditOptions Options)
{
    private const int Named = 3;

    /// <summary>Stops the run when a finding asks for it.</summary>
    /// <exception cref="UserErrorException">One line that names the first findings.</exception>
    public void ThrowIfAny()
    {
        var stopping = Leaks.Where(leak => leak.Stops).ToArray();
        if (stopping.Length == 0) return;
        var first = string.Join("; ", stopping.Take(Named).Select(leak => leak.What));
        var rest = stopping.Length > Named ? $"; and {stopping.Length - Named} more" : "";
        throw new UserErrorException($"The data leak between roles or classes: {first}{rest}. Make the split again with 'datasets split', or remove the frames named; 'datasets audit' lists all findings.");
    }
}
