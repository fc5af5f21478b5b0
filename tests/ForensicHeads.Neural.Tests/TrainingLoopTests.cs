using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

public sealed class TrainingLoopTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Steps_run_from_where_a_training_stands_to_the_last_and_free_their_tensors()
    {
        var steps = new List<int>();
        var made = new List<Tensor>();
        TrainingLoop.Run(2, 5, step =>
        {
            steps.Add(step);
            made.Add(zeros(1));
        }, CancellationToken.None);
        Assert.Equal([2, 3, 4], steps);
        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void A_cancellation_stops_before_the_next_step()
    {
        using var source = new CancellationTokenSource();
        var done = 0;
        Assert.Throws<OperationCanceledException>(() => TrainingLoop.Run(0, 5, _ =>
        {
            done++;
            source.Cancel();
        }, source.Token));
        Assert.Equal(1, done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loss_comes_down_whether_anybody_listens_or_not(bool listens)
    {
        var target = ones(3).requires_grad_(true);
        var told = new List<(int Step, double Loss)>();
        Action<int, double>? listener = listens ? (step, loss) => told.Add((step, loss)) : null;
        TrainingLoop.Descend(target, 40, 0.1, _ => (target * target).mean(), listener, CancellationToken.None);
        // A rise to 0.1 and down again over 40 steps goes 2 in all, from 1 past 0 and back.
        Assert.InRange(target.abs().max().item<float>(), 0, 0.5);
        if (listens) Assert.Equal(Enumerable.Range(1, 40), told.Select(item => item.Step));
        if (listens) Assert.Equal(1, told[0].Loss, 1e-6);
    }

    [Fact]
    public void Numbers_of_steps_are_told_in_their_order_when_they_are_read()
    {
        var told = new List<(string Step, float[] Numbers)>();
        using var unread = new UnreadSteps<string>((step, numbers) => told.Add((step, numbers)));
        unread.Add("a", [tensor(1f), tensor(2f)]);
        unread.Add("b", [tensor(3.0)]);
        Assert.Empty(told);
        unread.Read();
        unread.Read();
        Assert.Equal(["a", "b"], told.Select(item => item.Step));
        Assert.Equal([1, 2, 3], told.SelectMany(item => item.Numbers));
        Assert.Equal([true, false, true],
            new[] { UnreadSteps.IsDue(7, CPU), UnreadSteps.IsDue(7, META), UnreadSteps.IsDue(40, META) });
    }

    [Fact]
    public void Rates_fall_at_the_end_to_a_tenth_or_rise_and_follow_a_cosine()
    {
        Assert.Equal([1, 1, 1, 0.55], Enumerable.Range(0, 4).Select(step => RateSchedule.FallAtEnd(step, 4, 0.5)), Near);
        Assert.Equal(1, RateSchedule.FallAtEnd(99, 100, 0));
        Assert.Equal([0.1, 0.3], Enumerable.Range(0, 2).Select(step => RateSchedule.RiseThenCosine(step, 100)), Near);
        Assert.Equal(0.5, RateSchedule.RiseThenCosine(52, 100), 1e-9);
        Assert.InRange(RateSchedule.RiseThenCosine(99, 100), 0, 1e-4);

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
    }
}
