'use client'

import { Component, type ReactNode } from 'react'

/**
 * Keeps the page when an island cannot be loaded, as on a train: without it, React would put the error page in place of a
 * form that works without any island. The layout renders it too, so that it comes with another file than the islands.
 */
export class IslandBoundary extends Component<{ children?: ReactNode }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children
  }
}
