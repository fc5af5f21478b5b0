namespace ForensicHeads.Experiments.Protocols;

/// <summary>Refuses a training side that shares a person, group, driver or source with the test side.</summary>
public static class TrainTestGuard
{
    /// <summary>Checks two sides.</summary>
    /// <exception cref="UserErrorException">Something is on both; the message names it and two clips.</exception>
    public static void Check(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var owner = new Dictionary<string, Clip>(StringComparer.Ordinal);
        foreach (var clip in test)
            foreach (var link in clip.Links) owner.TryAdd(link, clip);
        foreach (var clip in train)
        {
            if (clip.Links.Order(StringComparer.Ordinal).FirstOrDefault(owner.ContainsKey) is not { } shared) continue;
            throw new UserErrorException($"{shared} is in training ({clip.Id}) and in the test ({owner[shared].Id}); a number with such a leak does not count. Leave one of them out.");
        }
    }
}
