namespace ForensicHeads.Statistics;

/// <summary>Pool adjacent violators: the monotone step function of score to share of generated that fits best.</summary>
internal static class Isotonic
{
    /// <summary>One step: how many real and generated items lie on it.</summary>
    internal readonly record struct Block(double LowestScore, int Real, int Generated)
    {
        internal double Share => (double)Generated / (Real + Generated);
    }

    /// <summary>The steps in ascending order of score; equal scores always share a step.</summary>
    internal static IReadOnlyList<Block> Fit(IEnumerable<double> real, IEnumerable<double> generated)
    {
        var stack = new List<Block>();
        var groups = real.Select(score => (score, generated: 0)).Concat(generated.Select(score => (score, generated: 1)))
            .GroupBy(item => item.score).OrderBy(group => group.Key);
        foreach (var group in groups)
        {
            var block = new Block(group.Key, group.Count(item => item.generated == 0), group.Count(item => item.generated == 1));
            while (stack.Count > 0 && stack[^1].Share >= block.Share)
            {
                block = new Block(stack[^1].LowestScore, stack[^1].Real + block.Real, stack[^1].Generated + block.Generated);
                stack.RemoveAt(stack.Count - 1);
            }

            stack.Add(block);
        }

        return stack;
    }
}
