namespace ForensicHeads.Foundation.Files;

/// <summary>What to do about a file that cannot be written: space helps only where it is space that lacks.</summary>
public static class WriteFault
{
    // ENOSPC and EDQUOT, which .NET hands on as they are.
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    /// <summary>The remedy as a sentence.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="next">How to go on.</param>
    public static string Remedy(Exception error, string next = "or choose another --out, then run the command again")
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"{(error is IOException && (error.HResult & 0xFFFF) is NoSpace or OverQuota ? "Free some space" : "Mend that")}, {next}.";
    }
}
